/** Forwards a framed page's requests to the emulated CRM with one person's own grant, as our server does. */
import type { HostRecords } from '../../widget/host/host.ts';
import { pipedriveRecords } from '../../widget/host/pipedrive/records.ts';
import { listen } from '../mocks/http.ts';
import type { Company } from '../world/pipedrive/company.ts';
import { pipedrivePair, pipedriveStage, type PipedriveStage } from './listening-pipedrive.ts';

export type Passed = PipedriveStage & {
  readonly records: HostRecords;
  /** `GET v2/persons/101`, in order. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
};

export async function passedAs(
  userId: number,
  furnish: (company: Company) => void = () => undefined,
): Promise<Passed> {
  const stage = pipedriveStage();
  furnish(stage.company);
  const pair = await pipedrivePair(stage, userId);
  const asked: string[] = [];
  const mount = await listen(async request => {
    const { pathname, search } = new URL(request.url);
    const path = pathname.replace(/^\/crm\//, '');
    asked.push(`${request.method} ${path}${search}`);
    const text = await request.text();
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    return stage.ask(`${request.method} /api/${path}${search}`, { pair, json });
  });
  const records = pipedriveRecords({
    gateway: mount.origin,
    page: { origin: stage.company.origin, employee: () => undefined },
    proof: async () => 'a statement of the CRM',
  });
  return { ...stage, records, asked, close: mount.close };
}
