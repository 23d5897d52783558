import { describe, expect, it } from 'vitest';
import { gatewayAddress } from '../../../domain/gateway-address.ts';

describe("a gateway's address as people type it", () => {
  it.each([
    ['https://chat.example.com', 'https://chat.example.com'],
    ['Https://Chat.Example.com', 'https://chat.example.com'],
    ['HTTPS://CHAT.EXAMPLE.COM/', 'https://chat.example.com'],
    ['  chat.example.com ', 'https://chat.example.com'],
    ['https://chat.example.com/Office/', 'https://chat.example.com/Office'],
    ['HTTP://LOCALHOST:8080', 'http://localhost:8080'],
    ['Http://gateway.LocalHost:8080/', 'http://gateway.localhost:8080'],
  ])('is read from %s', (typed, address) => {
    expect(gatewayAddress(typed)).toBe(address);
  });

  it.each(['HTTP://chat.example.com', 'ftp://chat.example.com', 'chat', 'https://a:b@chat.example.com', ''])(
    'is refused as %s',
    typed => {
      expect(gatewayAddress(typed)).toBeNull();
    },
  );
});
