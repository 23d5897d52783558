/** Identifies a text without revealing it: SHA-256 in hexadecimal. */
import { createHash } from 'node:crypto';

/** Synchronous, because Web Crypto's digest runs on a thread and costs as much as a query. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
