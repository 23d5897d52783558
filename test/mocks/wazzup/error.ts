/** The chat service's errors. Their bodies differ by route; this is the common format. */
export function chatError(status: number, error: string, description = '', data: unknown = {}): Response {
  return Response.json({ error, description, data }, { status });
}
