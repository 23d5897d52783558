/** README, docs/ and the other pages for people name only things that exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const docs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md'));
const BESIDE = ['CONTRIBUTING.md', 'CHANGELOG.md', 'test/README.md'];
const pages = ['README.md', ...BESIDE, ...docs.map(name => `docs/${name}`)].map(path => ({
  path,
  text: readFileSync(path, 'utf8'),
}));
const textOf = (path: string): string => pages.find(page => page.path === path)?.text ?? '';
const readme = textOf('README.md');
const linksOf = (text: string): readonly string[] =>
  [...text.matchAll(/\]\((?<link>[^):]+)\)/g)].flatMap(({ groups }) => groups?.['link'] ?? []);
const withoutCode = (text: string): string => text.replaceAll(/```[^]*?```/g, '');
/** The anchors that GitHub makes from headings. */
const anchorsOf = (text: string): readonly string[] =>
  [...withoutCode(text).matchAll(/^#+ (?<heading>.+)$/gm)].map(({ groups }) =>
    (groups?.['heading'] ?? '')
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );

describe.each(pages)('$path', ({ path, text }) => {
  it('names only commands that exist', () => {
    const named = [...text.matchAll(/npm run (?<script>\w+)/g)].flatMap(
      ({ groups }) => groups?.['script'] ?? [],
    );
    expect(named.filter(script => !(script in packageJson.scripts))).toEqual([]);
  });

  it('links only to places and headings that exist', () => {
    const leads = (link: string): boolean => {
      const [to = '', anchor] = link.split('#');
      const target = to === '' ? path : join(dirname(path), to);
      return existsSync(target) && (!anchor || anchorsOf(readFileSync(target, 'utf8')).includes(anchor));
    };
    expect(linksOf(text).filter(link => !leads(link))).toEqual([]);
  });

  it('never uses "he" or "she"', () => {
    expect(text.match(/\b(he|him|his|himself|she|her|hers|herself)\b/gi) ?? []).toEqual([]);
  });
});

describe('the README', () => {
  it.each([
    ['README.md', 'first'],
    ['test/README.md', 'first-chat'],
  ])('and its pages quote tests exactly: %s has %s', (path, name) => {
    expect(textOf(path)).toContain(readFileSync(`test/unit/${name}.test.ts`, 'utf8').trim());
  });

  it('links to every page directly in docs/', () => {
    const direct = docs.filter(name => !name.includes('/')).map(name => `docs/${name}`);
    const links = new Set(linksOf(readme).map(link => link.split('#', 1)[0]));
    expect([...BESIDE, ...direct].filter(path => !links.has(path))).toEqual([]);
  });

  it('links to the list of decisions, which links to each one', () => {
    const decisions = docs.flatMap(name => /^decisions\/(?<page>.+)$/.exec(name)?.groups?.['page'] ?? []);
    const listed = linksOf(textOf('docs/decisions/README.md'));
    expect(linksOf(readme)).toContain('docs/decisions/README.md');
    expect(decisions.filter(page => page !== 'README.md' && !listed.includes(page))).toEqual([]);
  });

  it('shows six figures that equal those in the full list', () => {
    const [, section = ''] = readme.split('## Figures');
    const results = section
      .split('## ', 1)[0]
      ?.split('\n')
      .filter(line => line.startsWith('| ') && !line.startsWith('| -'))
      .slice(1)
      .map(row => row.split('|')[2]?.trim());
    const whole = textOf('docs/benchmarks.md');
    expect(results).toHaveLength(6);
    expect(results?.filter(result => !new RegExp(`\\| ${result} +\\|`).test(whole))).toEqual([]);
  });

  it('sets every variable that the server needs', () => {
    for (const name of ['INTEGRATION_ID', 'INTEGRATION_SECRET', 'REDIRECT_URI', 'KEY_RING'])
      expect(readme).toContain(`export ${name}=`);
  });

  it('is completed by a page that explains every variable that the server reads', () => {
    const source = readFileSync('server/node/environment.ts', 'utf8');
    const read = [...source.matchAll(/\b(?:read\(env, |env\[)'(?<name>\w+)'/g)];
    const names = new Set(read.map(({ groups }) => groups?.['name'] ?? ''));
    const operations = readFileSync('docs/operations.md', 'utf8');
    expect(names.size).toBeGreaterThan(12);
    expect([...names].filter(name => !operations.includes(`\`${name}\``))).toEqual([]);
  });
});
