const BY_EXTENSION: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.twig': 'text/plain; charset=utf-8',
};

/** Browsers cache no file of the stage, so that a developer always sees the latest build. */
export function fileResponse(path: string, body: Uint8Array<ArrayBuffer> | string): Response {
  return new Response(body, {
    headers: {
      'content-type': BY_EXTENSION[/\.\w+$/.exec(path)?.[0] ?? ''] ?? 'application/octet-stream',
      'cache-control': 'no-store',
    },
  });
}
