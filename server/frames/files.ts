/**
 * The pages that Pipedrive shows in its frames, and the files that they load. No other site may frame them, because a page
 * asks the site that embeds it for the person's token.
 */
import { Hono } from 'hono';

export type PageFile = { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string };
/** Returns a file of the built pages by its name: `panel.html`, `assets/pipedrive-1a2b3c.js`. */
export type PageFiles = (name: string) => PageFile | null;

const policyFor = (frameAncestors: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');

export function fileRoutes({
  files,
  frameAncestors,
}: {
  readonly files: PageFiles;
  readonly frameAncestors: string;
}): Hono {
  const policy = policyFor(frameAncestors);
  return new Hono()
    .get('/pipedrive/:name{(?:panel|settings|roles)}', ({ req }) => {
      const page = files(`${req.param('name')}.html`);
      if (!page) return new Response(null, { status: 404 });
      return new Response(page.bytes, {
        headers: {
          'Content-Type': 'text/html; charset=utf-8',
          'Content-Security-Policy': policy,
          'Cache-Control': 'no-store',
          'Referrer-Policy': 'no-referrer',
          'X-Content-Type-Options': 'nosniff',
        },
      });
    })
    .get('/pipedrive/assets/:name{[\\w.-]+}', ({ req }) => {
      const file = files(`assets/${req.param('name')}`);
      if (!file) return new Response(null, { status: 404 });
      return new Response(file.bytes, {
        headers: {
          'Content-Type': file.type,
          // The name changes with the content.
          'Cache-Control': 'public, max-age=31536000, immutable',
          'X-Content-Type-Options': 'nosniff',
        },
      });
    });
}
