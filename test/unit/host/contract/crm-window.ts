/** The window that Pipedrive's SDK finds around our frame. It answers every command and emits events. */
import * as v from 'valibot';

const message = v.object({ payload: v.object({ type: v.string(), event: v.optional(v.string()) }) });

export type CrmWindow = {
  readonly seen: {
    readonly location: { readonly search: string };
    readonly addEventListener: () => void;
    readonly parent: {
      readonly postMessage: (sent: unknown, target: string, ports: readonly MessagePort[]) => void;
    };
  };
  readonly emit: (event: string, data: object) => void;
  readonly close: () => void;
};

export function createCrmWindow(): CrmWindow {
  const listening: { readonly event: string; readonly port: MessagePort }[] = [];
  return {
    seen: {
      location: { search: '?id=a-frame&theme=light' },
      addEventListener: () => undefined,
      parent: {
        postMessage(sent, _target, [port]) {
          const { payload } = v.parse(message, sent);
          if (payload.type === 'command') port?.postMessage({});
          if (port && payload.event !== undefined) listening.push({ event: payload.event, port });
        },
      },
    },
    emit: (event, data) =>
      listening.forEach(one => {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no target origin
        if (one.event === event) one.port.postMessage({ data });
      }),
    close: () => listening.forEach(({ port }) => port.close()),
  };
}
