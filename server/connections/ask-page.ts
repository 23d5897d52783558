/** Asks an administrator who returns from the chat service whether to connect what they chose there. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import * as v from 'valibot';
import { MODE_OF } from '../chat/wazzup/key-kind.ts';
import { page, wordsIn } from '../pages/page.ts';
import type { Brought, Journey } from './journey.ts';

const channel = v.object({
  name: v.optional(v.string(), ''),
  plainId: v.optional(v.string(), ''),
});

/** "No" has the focus, so that pressing Enter in a hurry connects nothing. */
export function askPage(
  context: Context,
  { language, host, purpose }: Journey,
  { keyKind, channels }: Brought,
  replaces: boolean,
): Promise<Response> {
  const { page: words, offer } = wordsIn(language);
  const lines = channels.flatMap(one => {
    const { success, output } = v.safeParse(channel, one);
    return success ? [[output.name, output.plainId].filter(Boolean).join(' · ')] : [];
  });
  const content = html`<h1>
      ${(purpose === 'roles' ? words.questionRoles : words.question).replace('{{account}}', host)}
    </h1>
    <p>${words.channels}</p>
    <ul>
      ${(lines.length > 0 ? lines : [words.noChannels]).map(line => html`<li>${line}</li>`)}
    </ul>
    <p>${offer[MODE_OF[keyKind]]}</p>
    <p class="quiet">${words.careful}</p>
    <form method="post" action="/connect/answer">
      ${
        replaces
          ? html`<p>
              <label><input type="checkbox" name="replaces" value="yes" /> ${words.replaces}</label>
            </p>`
          : ''
      }
      <div class="actions">
        <button name="answer" value="no" autofocus>${words.no}</button>
        <button name="answer" value="yes">${words.yes}</button>
      </div>
    </form>`;
  return page(context, language, content);
}
