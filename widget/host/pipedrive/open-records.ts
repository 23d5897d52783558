import type { HostPage, HostRecords, OpenRecords } from '../host.ts';
import { pipedriveRecords } from './records.ts';

/** Opens the records of a page. Our server observes the CRM's rate limits for all pages of an account. */
export const openRecordsOf =
  (gateway: string, page: HostPage, proof: HostRecords['proof']): OpenRecords =>
  closed =>
    pipedriveRecords({ gateway, page, proof, closed });
