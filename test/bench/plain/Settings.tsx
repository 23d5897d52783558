import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Calls, Channel, Person, Roles } from './calls.ts';
import { RolesTable } from './RolesTable.tsx';

type Loaded = { readonly people: Person[]; readonly roles: Roles; readonly channels: readonly Channel[] };

/** Loads everything, then the roles can be opened. */
export function Settings({ calls }: { calls: Calls }): VNode {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [isOpen, open] = useState(false);
  useEffect(() => {
    const load = async (): Promise<void> => {
      const [people, roles, channels] = await Promise.all([calls.people(), calls.roles(), calls.channels()]);
      setLoaded({ people, roles, channels });
    };
    void load();
  }, []);
  return (
    <div>
      <button type="button" disabled={loaded === null} onClick={() => open(true)}>
        Select
      </button>
      {loaded && isOpen && (
        <RolesTable
          {...loaded}
          onSave={async list => {
            await calls.saveRoles({ ...loaded.roles, list });
            setLoaded({ ...loaded, roles: await calls.roles() });
            open(false);
          }}
          onClose={() => open(false)}
        />
      )}
    </div>
  );
}
