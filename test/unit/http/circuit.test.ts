import { describe, expect, it } from 'vitest';
import { createCircuit, type Circuit } from '../../../widget/http/circuit.ts';

const stage = () => {
  const is = { now: 0, pressed: false };
  const circuit = createCircuit(
    () => is.now,
    () => is.pressed,
  );
  return { is, circuit };
};
const fail = ({ heard }: Circuit, times: number): void => {
  for (let at = 0; at < times; at += 1) heard(false);
};

describe('a service that does not answer', () => {
  it('is asked until it has failed six times in a row', () => {
    const { circuit } = stage();
    fail(circuit, 5);
    expect(circuit.rest()).toBe(0);
    fail(circuit, 1);
    expect(circuit.rest()).toBe(5000);
  });

  it('is not taken for dead when it answers now and then', () => {
    const { circuit } = stage();
    fail(circuit, 5);
    circuit.heard(true);
    fail(circuit, 5);
    expect(circuit.rest()).toBe(0);
  });

  it('is asked by one request after its rest, while the others wait for what it finds', () => {
    const { is, circuit } = stage();
    fail(circuit, 6);
    is.now = 5000;
    expect(circuit.rest()).toBe(0);
    expect(circuit.rest()).toBe(5000);
    circuit.heard(true);
    expect(circuit.rest()).toBe(0);
  });

  it('rests longer each time, up to a minute', () => {
    const { circuit } = stage();
    fail(circuit, 5);
    const rests = Array.from({ length: 6 }, () => {
      fail(circuit, 1);
      return circuit.rest();
    });
    expect(rests).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  it('is asked at once by whoever has just pressed something', () => {
    const { is, circuit } = stage();
    fail(circuit, 20);
    is.pressed = true;
    expect(circuit.rest()).toBe(0);
    is.pressed = false;
    expect(circuit.rest()).toBe(60_000);
  });
});
