/** Serves the built pages like a server: only their own files, with a policy that allows nothing else. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { UI_HOSTS } from '../sandbox/pipedrive/ui-site.ts';
import { fileResponse } from '../sandbox/file-response.ts';

export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  `frame-ancestors http://*.${UI_HOSTS}:*`,
].join('; ');

/** `undefined` if the path is not one of the pages. */
export function builtPage(pathname: string): Response | undefined {
  const [, surface, asset] = /^\/pipedrive\/(?:(panel|settings)|(assets\/[\w.-]+))$/.exec(pathname) ?? [];
  const name = surface ? `${surface}.html` : asset;
  const path = name && join(inject('pagesFolder'), name);
  if (!name || !path || !existsSync(path)) return undefined;
  const response = fileResponse(name, readFileSync(path, 'utf8'));
  response.headers.set('content-security-policy', POLICY);
  response.headers.set('referrer-policy', 'no-referrer');
  return response;
}
