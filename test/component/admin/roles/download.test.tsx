import { afterEach, describe, expect, it, vi } from 'vitest';
import { download } from '../../../../widget/admin/roles/view/csv-download.ts';

describe('a download', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('is UTF-16 little-endian with tabs, which every Excel reads as columns', async () => {
    const made = vi.spyOn(URL, 'createObjectURL');
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    download(document, 'roles.csv', '\uFEFFАнна\t😀\r\n');
    const blob: unknown = made.mock.calls[0]?.[0];
    const bytes = blob instanceof Blob ? new Uint8Array(await blob.arrayBuffer()) : new Uint8Array();
    expect(Array.from(bytes.slice(0, 4))).toEqual([0xff, 0xfe, 0x10, 0x04]);
    expect(new TextDecoder('utf-16le').decode(bytes)).toBe('Анна\t😀\r\n');
  });

  it('releases its URL once the browser has read it', () => {
    vi.useFakeTimers();
    const made = vi.spyOn(URL, 'createObjectURL');
    const given = vi.spyOn(URL, 'revokeObjectURL');
    const pressed: { readonly href: string; readonly download: string }[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      pressed.push({ href: this.href, download: this.download });
    });
    download(document, 'roles.csv', 'Анна');
    const address: unknown = made.mock.results[0]?.value;
    expect(pressed).toEqual([{ href: address, download: 'roles.csv' }]);
    expect(given).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(given).toHaveBeenCalledWith(address);
  });
});
