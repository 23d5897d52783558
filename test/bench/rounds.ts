/** Many rounds of the same inside the page: a step from outside would take longer than what it waits for. */
import type { Page } from 'playwright';

export type Step = {
  /** Presses the last button or link that matches this selector and this text. */
  readonly press: string;
  readonly says?: string;
  /** Then waits for what this selects: to appear, to disappear, or to be another element than before. */
  readonly until: string;
  readonly is: 'there' | 'gone' | 'another';
};

export const roundsIn = (page: Page, steps: readonly Step[], rounds: number): Promise<void> =>
  page.evaluate(
    async ([steps, rounds]) => {
      const all = (selector: string): HTMLElement[] => {
        const shadows = [...document.querySelectorAll('*')].flatMap(one => one.shadowRoot ?? []);
        return [document, ...shadows].flatMap(root =>
          Array.from(root.querySelectorAll<HTMLElement>(selector)),
        );
      };
      const waited = async (isSo: () => boolean): Promise<void> => {
        const started = performance.now();
        while (!isSo()) {
          if (performance.now() - started > 30_000) throw new Error('A step of a round has not ended');
          await new Promise(resolve => {
            setTimeout(resolve, 5);
          });
        }
      };
      for (let round = 0; round < rounds; round += 1) {
        for (const { press, says = '', until, is } of steps) {
          const before = all(until);
          const pressed = (): HTMLElement | undefined =>
            all(press).findLast(one => (one.textContent ?? '').includes(says));
          await waited(() => pressed() !== undefined);
          pressed()?.click();
          await waited(() => {
            const now = all(until);
            if (is === 'gone') return now.length === 0;
            return now.length > 0 && (is === 'there' || !now.some(one => before.includes(one)));
          });
        }
      }
    },
    [steps, rounds] as const,
  );
