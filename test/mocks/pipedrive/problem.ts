/**
 * Pipedrive's refusals, with the sentences quoted in its documents. Bodies that are not documented have the usual
 * format.
 */

const INFO = 'Please check developers.pipedrive.com for more information about Pipedrive API.';

const json = (status: number, body: unknown): Response => Response.json(body, { status });

export const problem = (status: number, error: string): Response =>
  json(status, { success: false, error, error_info: INFO, data: null, additional_data: null });

export const invalidToken = (): Response =>
  json(401, { success: false, error: 'Invalid token: access_token is invalid' });

/** The older wording, which is still observed. */
export const unauthorizedAccess = (): Response =>
  json(401, {
    success: false,
    error: 'unauthorized access',
    errorCode: 401,
    error_info: 'Please check developers.pipedrive.com',
  });

export const scopeMismatch = (): Response => json(403, { success: false, error: 'Scope and URL mismatch' });

export const ownerForbidden = (): Response => problem(403, 'You do not have permission to change the owner.');

export const forbidden = (): Response =>
  json(403, { success: false, error: 'You do not have permissions to do this.' });

export const notFound = (what: string): Response => json(404, { success: false, error: `${what} not found` });

/** The company's subscription has ended. */
export const closed = (): Response => problem(402, 'Company account is not open');

/** The wording is not documented. */
export const overLimit = (headers: Readonly<Record<string, string>>): Response =>
  Response.json({ success: false, error: 'request over limit', errorCode: 429 }, { status: 429, headers });

/** Cloudflare blocks clients that continue after 429, before Pipedrive receives their requests. */
export const cloudflare = (): Response =>
  new Response(
    `<!DOCTYPE html>
<html lang="en-US">
<head><title>Access denied | pipedrive.com used Cloudflare to restrict access</title></head>
<body><h1>Error 1015</h1><h2>You are being rate limited</h2></body>
</html>
`,
    { status: 403, headers: { 'Content-Type': 'text/html; charset=UTF-8', Server: 'cloudflare' } },
  );
