/** A card on the whole stage: the shell and the loaded part, put together as in app/. */
import { screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { expect } from 'vitest';
import { cardOver, claimClients, openClaims, type ClaimGiven } from '../../../../widget/app/claims.ts';
import { Card } from '../../../../widget/seller/card/Card.tsx';
import { Hidden } from '../../../../widget/seller/card/view/Hidden.tsx';
import type { HostPage } from '../../../../widget/host/host.ts';
import type { ClaimServices } from '../../../../widget/seller/card/model/claim-services.ts';
import { createCardShell, type CardPart, type CardShell } from '../../../../widget/seller/card/card-shell.ts';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { readOwnSettings } from '../../../../domain/own-settings.ts';
import { cachedOwn } from '../../../../widget/account/own-cache.ts';
import { createDictionary } from '../../../../widget/words/words.tsx';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import type { UserRole } from '../../../world/chat.ts';
import type { CrmContact } from '../../../world/crm.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL, type WorldOptions } from '../../../world/world.ts';
import { crmPage, crmRecords } from '../../../support/host-page.ts';
import { cleanup, show } from '../../show.tsx';

export type CardOptions = {
  readonly contactId?: number;
  readonly dealId?: number;
  /** The admin's rules for claims. */
  readonly claims?: object;
  readonly channels?: object;
  readonly chatUrl?: string;
  /** Of a CRM that hides clients from whoever does not have them. */
  readonly hiddenBy?: HostPage['hiddenBy'];
  /** Awaited before the part is loaded. */
  readonly load?: () => Promise<void>;
};

/** A method that the card may call, such as `records.contact`. */
type Given = 'records' | 'chat' | 'server' | 'page';
export type Seam = `${Given}.${string}`;

export type CardStage = NodeStage & {
  /** Methods that throw at once, as a defect of ours would. */
  readonly broken: Set<Seam>;
  /** The methods that were called, in order. */
  readonly called: Seam[];
  /** The clients of both services, with their calls recorded and `broken` methods throwing. */
  readonly watchedClients: typeof claimClients;
  /** A client who wrote for the first time, so the CRM made the stand-in owner responsible. */
  readonly client: CrmContact;
  readonly roles: (...roles: readonly UserRole[]) => void;
  /** Opens a card as the person who is logged in. */
  readonly openCard: (options?: CardOptions) => CardShell;
  /** Makes waiting claims look again at once. */
  readonly hurry: () => void;
  /** Ends what outlives cards, as when another person logs in on the same page. */
  readonly closeClaims: () => void;
  readonly end: () => Promise<void>;
};

export const seat = (
  person: number,
  role: UserRole['role'] = 'seller',
  channelId = SALES_CHANNEL,
): UserRole => ({ channelId, userId: String(person), role, allowGetNewClients: role === 'seller' });

/** A is logged in; A and B are sales reps on one channel. */
export function cardStage(options: Partial<WorldOptions> = {}): CardStage {
  localStorage.clear();
  const stage = stageInNode({ person: SELLER_A, ...options });
  const broken = new Set<Seam>();
  const called: Seam[] = [];
  /** Wraps a seam: records its calls and throws for `broken` methods. */
  const watched = <T extends object>(name: Given, seam: T): T =>
    new Proxy(seam, {
      get(target, key) {
        const method: unknown = Reflect.get(target, key);
        if (typeof method !== 'function') return method;
        const point: Seam = `${name}.${String(key)}`;
        return (...given: readonly unknown[]): unknown => {
          called.push(point);
          if (broken.has(point)) throw new TypeError(`${point} is not a function`);
          return method(...given);
        };
      },
    });
  const watchedClients: typeof claimClients = (...all) => {
    const { records, chat, server, own } = claimClients(...all);
    return {
      own,
      records: watched('records', records),
      chat: chat && watched('chat', chat),
      server: server && watched('server', server),
    };
  };
  const opened: ClaimServices[] = [];
  const closes: (() => void)[] = [];
  const ends: (() => void)[] = [];
  const roles: CardStage['roles'] = (...userRoles) => {
    stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [...userRoles] };
  };
  roles(seat(SELLER_A), seat(SELLER_B));
  const client = stage.world.clientWrites();
  return Object.assign(stage, {
    client,
    broken,
    called,
    watchedClients,
    roles,
    openCard(options: CardOptions = {}) {
      const { contactId = client.id, dealId, claims = {}, channels = {}, chatUrl, load, hiddenBy } = options;
      const { gatewayOrigin } = stage.world.options;
      const own = {
        v: 1,
        chatUrl: chatUrl ?? gatewayOrigin,
        standInOwners: [String(NOBODY)],
        claims,
        channels,
      };
      stage.memory.claims.settings = JSON.stringify(own);
      const page = watched(
        'page',
        Object.assign(
          crmPage(stage, { ...(dealId === undefined ? { contactId } : { dealId }), own }),
          hiddenBy && { hiddenBy },
        ),
      );
      const given: ClaimGiven = {
        page,
        openRecords: crmRecords(stage, page),
        words: createDictionary('ru', ru).words,
        ...(hiddenBy && { hides: (step, place) => <Hidden step={step} place={place} /> }),
      };
      const shell = createCardShell({
        page,
        standInOwners: readOwnSettings(cachedOwn(page).text).standInOwners,
        async load(): Promise<CardPart> {
          await load?.();
          const { services, close } = openClaims(given, watchedClients);
          opened.push(services);
          closes.push(close);
          return cardOver(given, services);
        },
      });
      ends.push(shell.remove);
      show(<Card shell={shell} />);
      return shell;
    },
    hurry: () => opened.forEach(({ claiming }) => claiming.lookNow([String(client.id)])),
    closeClaims: () => closes.forEach(close => close()),
    async end() {
      cleanup();
      closes.forEach(close => close());
      ends.forEach(end => end());
      await stage.quiet();
      const { unhandledRequests } = stage.world;
      stage.close();
      expect(unhandledRequests).toEqual([]);
    },
  } satisfies Partial<CardStage>);
}

export const CLAIM = 'Я отвечаю за клиента';
export const button = (name: string | RegExp): HTMLElement | null => screen.queryByRole('button', { name });
export async function press(name: string | RegExp): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name }));
}
