import { describe, expect, it } from 'vitest';
import { readScript } from '../../support/old-browsers/in-built.ts';

describe('a feature that supported browsers lack is found in a script', () => {
  it.each([
    ['rows.toReversed()', 'Chrome 109, Edge 109 lack .toReversed.'],
    ['rows.toSorted()', 'Chrome 109, Edge 109 lack .toSorted.'],
    ['rows.with(1, row)', 'Chrome 109, Edge 109 lack .with.'],
    ['URL.canParse(address)', 'Chrome 109, Edge 109, Safari 16.4 lack URL.canParse.'],
    ['if (!URL.canParse(address)) stop();', 'Chrome 109, Edge 109, Safari 16.4 lack URL.canParse.'],
    ["URL['parse'](address)", 'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack URL.parse.'],
    ['AbortSignal.any([one])', 'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack AbortSignal.any.'],
    ['new Intl.Segmenter()', 'Firefox 115 lacks Intl.Segmenter.'],
    ['navigator.userActivation.isActive', 'Firefox 115 lacks navigator.userActivation.'],
    ['requestIdleCallback(work)', 'Safari 16.4 lacks requestIdleCallback.'],
    ['window.requestIdleCallback(work)', 'Safari 16.4 lacks window.requestIdleCallback.'],
    ['element.checkVisibility()', 'Safari 16.4 lacks .checkVisibility.'],
    ['element.showPopover()', 'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack .showPopover.'],
    ["element.popover = 'auto'", 'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack .popover.'],
    [
      "element.setAttribute('popover', '')",
      'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack the attribute "popover".',
    ],
    [
      "h('div', { popover: 'auto' })",
      'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack the attribute "popover".',
    ],
    [
      "element.addEventListener('scrollend', hear)",
      'Chrome 109, Edge 109, Safari 16.4, Firefox 115 lack the event "scrollend".',
    ],
    [
      "h('ul', { onScrollEnd: hear })",
      'Chrome 109, Edge 109, Safari 16.4, Firefox 115 lack the event "scrollend".',
    ],
    ['byId.values().map(nameOf)', 'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack map() of iterators.'],
    ['new Set(ids).union(others)', 'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack union() of sets.'],
    ["element.querySelector('a:has(b)')", 'Firefox 115 lacks :has.'],
    ['new URLPattern()', 'Firefox 115, Safari 16.4 lack URLPattern.'],
    ['/[a--b]/v', 'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack the flag "v".'],
    ['/(?i:a)/', 'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack (?i:…) in expressions.'],
    ['{ using file = open(); }', 'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack "using".'],
    [
      "const sheet = 'a {\\n  color: light-dark(red, blue);\\n}\\n'",
      'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack light-dark.',
    ],
  ])('%s', (code, sentence) => {
    expect(readScript(code).lacking).toEqual([sentence]);
  });

  it.each([
    [
      'a feature that all of them have',
      'rows.at(-1); rows.findLast(isMine); Object.hasOwn(one, two); structuredClone(one)',
    ],
    ['a list of values, which is no iterator', 'Object.values(byId).map(nameOf)'],
    [
      'a name that the script itself declares',
      'const scheduler = mine(); scheduler.start(); const Iterator = 1; f(Iterator)',
    ],
    ['a common word that is never called', 'const { role } = person; show(person.role, person.contacts)'],
    ['`in`', "if (scheduler && 'yield' in scheduler) scheduler.yield()"],
    ['a condition', 'before.moveBefore ? to.moveBefore(one, before) : to.insertBefore(one, before)'],
    [
      'a condition with several parts',
      "if (isWanted && 'requestIdleCallback' in window) requestIdleCallback(work)",
    ],
    ['`typeof`', "typeof Iterator === 'undefined'"],
    ['`?.`', 'navigator.userActivation?.isActive; element.showPopover?.()'],
    ['`??`', 'const now = performance.measureUserAgentSpecificMemory ?? none'],
    ['`&&`', 'window.cookieStore && window.cookieStore.get(name)'],
  ])('but not in the case of %s', (_, code) => {
    expect(readScript(code).lacking).toEqual([]);
  });
});
