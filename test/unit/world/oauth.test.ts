import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingClock } from '../../world/clock.ts';
import { employees } from '../../world/people.ts';
import { createOAuth, type OAuth, type TokenPair } from '../../world/oauth.ts';
import { usualOddities, type Oddities } from '../../world/oddities.ts';

const UUID = 'ours';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const [admin, seller] = employees(5, 'en');
if (!admin || !seller) throw new Error('Nobody works here');

function office(refreshRotation: Oddities['refreshRotation'] = 'strict') {
  const clock = standingClock();
  const oddities = { ...usualOddities(), refreshRotation };
  return { clock, oauth: createOAuth(clock, oddities) };
}

const pairIn = (oauth: OAuth): TokenPair => taken(oauth.exchange(UUID, oauth.consent(UUID, admin)));
function taken(answer: TokenPair | string): TokenPair {
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}
const isTaken = (answer: TokenPair | string): boolean => typeof answer !== 'string';

describe('a code', () => {
  it('is valid once', () => {
    const { oauth } = office();
    const code = oauth.consent(UUID, admin);
    expect(isTaken(oauth.exchange(UUID, code))).toBe(true);
    expect(oauth.exchange(UUID, code)).toBe('Authorization code has been revoked');
  });

  it('is valid for less than twenty minutes', () => {
    const { oauth, clock } = office();
    const [young, old] = [oauth.consent(UUID, admin), oauth.consent(UUID, admin)];
    clock.advance(20 * MINUTE - 1000);
    expect(isTaken(oauth.exchange(UUID, young))).toBe(true);
    clock.advance(1000);
    expect(oauth.exchange(UUID, old)).toBe('Authorization code has expired');
  });

  it('is valid for its own integration only, and cannot be made up', () => {
    const { oauth } = office();
    const code = oauth.consent(UUID, admin);
    expect(oauth.exchange('another', code)).toBe('Cannot decrypt the authorization code');
    expect(oauth.exchange(UUID, 'def502')).toBe('Cannot decrypt the authorization code');
    expect(isTaken(oauth.exchange(UUID, code))).toBe(true);
  });

  it('does not end an earlier grant', () => {
    const { oauth } = office();
    const first = pairIn(oauth);
    pairIn(oauth);
    expect(oauth.grantOfAccess(first.accessId)).toBe(first.grant);
    expect(isTaken(oauth.refresh(UUID, first.refreshToken))).toBe(true);
  });
});

describe('an access token', () => {
  it('is valid for a day', () => {
    const { oauth, clock } = office();
    const { accessId, grant } = pairIn(oauth);
    clock.advance(DAY - 1000);
    expect(oauth.grantOfAccess(accessId)).toBe(grant);
    clock.advance(1000);
    expect(oauth.grantOfAccess(accessId)).toBeUndefined();
  });

  it('ends with its person’s grant, and tokens of others do not', () => {
    const { oauth } = office();
    const mine = pairIn(oauth);
    const theirs = taken(oauth.exchange(UUID, oauth.consent(UUID, seller)));
    oauth.revoke({ userId: admin.id });
    expect([mine, theirs].map(one => oauth.grantOfAccess(one.accessId))).toEqual([undefined, theirs.grant]);
    expect(oauth.refresh(UUID, mine.refreshToken)).toBe('Token has been revoked');
  });

  it('has full rights when an administrator gave it', () => {
    const { oauth } = office();
    const theirs = taken(oauth.exchange(UUID, oauth.consent(UUID, seller)));
    expect([pairIn(oauth).grant.isFull, theirs.grant.isFull]).toEqual([true, false]);
  });
});

describe('a refresh token', () => {
  it('is valid once: one of two simultaneous refreshes succeeds', () => {
    const { oauth } = office();
    const { refreshToken } = pairIn(oauth);
    const answers = [oauth.refresh(UUID, refreshToken), oauth.refresh(UUID, refreshToken)];
    expect(answers.map(isTaken)).toEqual([true, false]);
    expect(answers[1]).toBe('Token has been revoked');
  });

  it('is valid until the next one is used, if the CRM allows for a lost answer', () => {
    const { oauth } = office('until-next-use');
    const { refreshToken: old } = pairIn(oauth);
    taken(oauth.refresh(UUID, old));
    const again = taken(oauth.refresh(UUID, old));
    taken(oauth.refresh(UUID, again.refreshToken));
    expect(oauth.refresh(UUID, old)).toBe('Token has been revoked');
  });

  it('expires after three months without use, and each use starts them again', () => {
    const { oauth, clock } = office();
    let pair = pairIn(oauth);
    for (let month = 0; month < 4; month += 1) {
      clock.advance(60 * DAY);
      pair = taken(oauth.refresh(UUID, pair.refreshToken));
    }
    clock.advance(90 * DAY);
    expect(oauth.refresh(UUID, pair.refreshToken)).toBe('Token has been revoked');
  });

  it('is valid for its own integration only', () => {
    const { oauth } = office();
    const { refreshToken } = pairIn(oauth);
    expect(oauth.refresh('another', refreshToken)).toBe('Invalid refresh token');
    expect(oauth.refresh(UUID, 'def502')).toBe('Invalid refresh token');
    expect(isTaken(oauth.refresh(UUID, refreshToken))).toBe(true);
  });

  it.each(['strict', 'until-next-use'] as const)(
    'always works for a client that keeps each answer, after any sequence of refreshes (%s)',
    rotation => {
      fc.assert(
        fc.property(fc.array(fc.nat(), { maxLength: 20 }), tries => {
          const { oauth } = office(rotation);
          const tokens = [pairIn(oauth).refreshToken];
          for (const nth of tries) {
            const token = tokens[nth % tokens.length] ?? '';
            const answer = oauth.refresh(UUID, token);
            if (typeof answer !== 'string') tokens.push(answer.refreshToken);
          }
          expect(isTaken(oauth.refresh(UUID, tokens.at(-1) ?? ''))).toBe(true);
        }),
      );
    },
  );
});
