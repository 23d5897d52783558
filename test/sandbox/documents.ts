/**
 * The HTML documents of the sandbox, such as the CRM's page, two people side by side, and the chat service's window.
 */
import type { Addresses } from './addresses.ts';
import { escapeHtml } from './escape.ts';
import type { Boot } from './wire/boot.ts';

const html = (body: string, doctype = '<!doctype html>\n'): Response =>
  new Response(doctype + body, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });

/** The policy of a strict CRM page: its own files, its two APIs, the chat window, and nothing inline. */
const strictPolicy = ({ gateway, chats }: Addresses): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${gateway}`,
    `frame-src ${chats}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/**
 * Placed after the CRM's own libraries, which are older than Trusted Types. It applies to everything after them, above
 * all to widgets.
 */
const TRUSTED_ONLY = `<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'; trusted-types default crm">`;

export type DocumentOptions = {
  /** The addresses that a strict page may access; absent for a page without restrictions. */
  readonly strictFor?: Addresses | undefined;
  /** Without a doctype, for quirks mode. */
  readonly quirks?: boolean;
};

export function crmDocument(
  boot: Boot,
  accountName: string,
  { strictFor, quirks = false }: DocumentOptions = {},
): Response {
  const scheme = boot.theme === 2 ? 'dark' : 'light';
  const document = html(
    `<html lang="${boot.language}" data-color-scheme="${scheme}" data-brand="${boot.brand}" data-base="${boot.base}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${escapeHtml(accountName)}</title>
  <link rel="stylesheet" href="/assets/page.css" data-system>
  <script src="/assets/vendor/jquery.js"></script>
  <script src="/assets/vendor/underscore.js"></script>
  <script src="/assets/vendor/backbone.js"></script>
  <script src="/assets/vendor/twigjs.js"></script>
  <script src="/assets/vendor/require.js"></script>${strictFor ? `\n  ${TRUSTED_ONLY}` : ''}
</head>
<body>
  <sandbox-stage></sandbox-stage>
  <div id="page_holder"></div>
  <script type="application/json" id="boot">${JSON.stringify(boot).replaceAll('<', '\\u003c')}</script>
  <script type="module" src="/assets/stage-bar.js"></script>
  <script type="module" src="/assets/page.js"></script>
</body>
</html>`,
    quirks ? '' : undefined,
  );
  if (strictFor) document.headers.set('content-security-policy', strictPolicy(strictFor));
  return document;
}

export type Half = { readonly name: string; readonly address: string };

export function sideBySideDocument(language: Boot['language'], halves: readonly Half[]): Response {
  const frames = halves.map(
    half => `<iframe title="${escapeHtml(half.name)}" src="${half.address}/"></iframe>`,
  );
  return html(`<html lang="${language}">
<head>
  <meta charset="utf-8">
  <title>${language === 'ru' ? 'Рядом' : 'Side by side'}</title>
  <style>
    html, body { height: 100%; margin: 0; }
    body { display: flex; flex-direction: column; background: #11181f; }
    main { flex: 1; display: flex; gap: 6px; min-height: 0; }
    iframe { flex: 1; min-width: 0; border: 0; background: #fff; }
  </style>
</head>
<body>
  <sandbox-stage></sandbox-stage>
  <main>${frames.join('')}</main>
  <script type="module" src="/assets/stage-bar.js"></script>
</body>
</html>`);
}

/** Its language and colours are part of the address, because the frame knows nothing about the page around it. */
export function chatWindowDocument(): Response {
  return html(`<html>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Chats</title>
  <link rel="stylesheet" href="/assets/chat-window.css">
</head>
<body>
  <script type="module" src="/assets/chat-window.js"></script>
</body>
</html>`);
}

/** The page on which the chat service's clients connect CRMs, reduced to what its "Connect" needs. */
export function cabinetDocument(language: Boot['language']): Response {
  const isRussian = language === 'ru';
  return html(`<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Wazzup</title>
  <style>body { font: 16px/1.5 sans-serif; max-width: 34rem; margin: 8vh auto; padding: 0 1rem; color-scheme: light dark; }</style>
</head>
<body>
  <h1>${isRussian ? 'Интеграции' : 'Integrations'}</h1>
  <h2>CRM chat roles</h2>
  <form method="post" action="/integrations/connect"><button>${isRussian ? 'Подключить' : 'Connect'}</button></form>
</body>
</html>`);
}
