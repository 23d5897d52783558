import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { array, safeParse, string } from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { object } from '../../../widget/http/object.ts';

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'clone');
});

describe('the shape of an object', () => {
  it('checks only its own keys, even if the page has extended Object.prototype', () => {
    // oxlint-disable-next-line no-extend-native
    Object.assign(Object.prototype, { clone: () => ({}) });
    const shape = object({ names: array(object({ name: string() })) });
    const wire: unknown = JSON.parse('{"names":[{"name":"Anna"}],"more":1}');
    expect(safeParse(shape, wire)).toMatchObject({ success: true, output: { names: [{ name: 'Anna' }] } });
    expect(safeParse(shape, { names: [{}] }).success).toBe(false);
  });

  it('is used in the whole widget instead of valibot’s', () => {
    const root = fileURLToPath(new URL('../../../widget', import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      name => /\.tsx?$/.test(name) && !name.startsWith('package/') && name !== join('http', 'object.ts'),
    );
    const careless = files.filter(name =>
      /import \{[^}]*\b(object|looseObject|strictObject|variant)\b[^}]*\} from 'valibot'/.test(
        readFileSync(join(root, name), 'utf8'),
      ),
    );
    expect(careless).toEqual([]);
  });
});
