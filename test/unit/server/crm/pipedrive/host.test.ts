import { describe, expect, it } from 'vitest';
import { companyHost, pipedriveAt } from '../../../../../server/crm/pipedrive/host.ts';

describe('the host to which a token may be sent', () => {
  it.each(['https://acme.pipedrive.com', 'https://acme.pipedrive.com/', 'https://ACME-2.pipedrive.com'])(
    'is read from %s',
    address => {
      expect(companyHost(address)).toMatch(/^acme(?:-2)?\.pipedrive\.com$/);
    },
  );

  it.each([
    'http://acme.pipedrive.com',
    'https://acme.pipedrive.com:8443',
    'https://acme.pipedrive.com.evil.example',
    'https://evil.example/acme.pipedrive.com',
    'https://user@acme.pipedrive.com',
    'https://a.b.pipedrive.com',
    'https://oauth.pipedrive.com',
    'https://www.pipedrive.com',
    'https://-acme.pipedrive.com',
    'https://pipedrive.com',
    'acme.pipedrive.com',
    '',
  ])('is not read from %j', address => {
    expect(companyHost(address)).toBeNull();
  });
});

it('a host is Pipedrive’s if it serves a company or tokens', () => {
  const hosts = ['acme.pipedrive.com', 'oauth.pipedrive.com', 'crm.amocrm.ru', 'pipedrive.com.evil.example'];
  expect(hosts.map(pipedriveAt)).toEqual(['pipedrive', 'pipedrive', null, null]);
});
