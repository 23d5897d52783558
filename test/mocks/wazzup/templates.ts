/** GET /v3/templates/whatsapp: every template of the account in any status; open to every key. */
import { http, type RequestHandler } from 'msw';
import type { World } from '../../world/world.ts';
import { ANY_KEY, type Keyed } from './key.ts';

const PAGE = 100;

export const templateRoutes = (world: World, keyed: Keyed): RequestHandler[] => [
  http.get(
    'https://api.wazzup24.com/v3/templates/whatsapp',
    keyed(
      ANY_KEY,
      ({ query }) => {
        const [offset, limit] = [Number(query.get('offset') ?? 0), Number(query.get('limit') ?? PAGE)];
        const page = world.chat.templates.slice(offset, offset + Math.min(limit, PAGE));
        return Response.json(
          page.map(({ templateGuid, name, status, text }) => ({
            templateGuid,
            templateCode: `@template: ${templateGuid} { }`,
            title: name,
            name,
            language: world.options.language,
            category: 'UTILITY',
            status,
            components: [{ type: 'BODY', text }],
          })),
        );
      },
      ['offset', 'limit'],
    ),
  ),
];
