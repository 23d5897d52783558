/** The chat service's errors. Their bodies differ from route to route: this is the common form. */
export function chatError(status: number, error: string, description = '', data: unknown = {}): Response {
  return Response.json({ error, description, data }, { status });
}
