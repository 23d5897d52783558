import { describe, expect, it } from 'vitest';
import { renderTwig } from '../../sandbox/page/twig.ts';

describe('a template', () => {
  it.each([
    ['{{ name }}', { name: 'Anna' }, 'Anna'],
    ['{{ deep.list[1].name|upper }}', { deep: { list: [{}, { name: 'b' }] } }, 'B'],
    ['{{ "<b>"|escape }}{{ absent }}', {}, '&lt;b&gt;'],
    ["{{ absent|default('none') }}", {}, 'none'],
    ["{{ on ? 'yes' : 'no' }}{# said #}", { on: true }, 'yes'],
    ["{{ 'a' ~ n ~ 'c' }}", { n: 1 }, 'a1c'],
    ['{% if n > 2 and not off %}big{% elseif n == 2 %}two{% else %}small{% endif %}', { n: 3 }, 'big'],
    ['{% if n > 2 %}big{% elseif n == 2 %}two{% else %}small{% endif %}', { n: '2' }, 'two'],
    [
      '{% for one in all %}{{ loop.index }}{{ one }}{% if not loop.last %}, {% endif %}{% endfor %}',
      { all: ['a', 'b'] },
      '1a, 2b',
    ],
    ['{% for id, name in people %}{{ id }}={{ name }};{% endfor %}', { people: { 7: 'A' } }, '7=A;'],
    ["{% set word = 'or|and' %}{{ word }}", {}, 'or|and'],
  ])('%s', (template, scope, text) => {
    expect(renderTwig(template, scope)).toBe(text);
  });

  it.each([
    ['{% include "x.twig" %}', '{% include "x.twig" %}'],
    ['{{ day|date("d.m") }}', 'the filter date'],
    ['{{ 1 ** 2 }}', 'the expression 1 ** 2'],
    ['{% if on %}', 'an {% if %} without its {% endif %}'],
  ])('that goes beyond what is spoken here says so: %s', (template, lacks) => {
    expect(() => renderTwig(template, {})).toThrow(lacks);
  });
});
