import pg from 'pg';
import type { Config } from './config.ts';
import { appRole, ownerRole, startPostgres } from './postgres.ts';

/** A database that the program may use: as its owner (migrations) and as the program. */
export type Database = {
  ownerUrl: string;
  appUrl: string;
  embedded: boolean;
  /** Empties the embedded database: all of it, for a demo world whose first layout was cut off. */
  recreate: (() => Promise<void>) | undefined;
  stop: () => Promise<void>;
};

/** The embedded server, or the operator's own. Refuses, by throwing, a server older than PostgreSQL 15. */
export async function openDatabase(config: Config, say: (line: string) => void): Promise<Database> {
  if (config.databaseUrl) return ownServer(config.databaseUrl, config.databaseAppUrl);
  const server = await startPostgres({ dataDir: config.dataDir, say });
  return {
    ownerUrl: server.ownerUrl,
    appUrl: server.appUrl,
    embedded: true,
    recreate: () =>
      asOwner(server.urlOf('postgres', ownerRole), async (client) => {
        await client.query('drop database mengyue with (force)');
        await client.query('create database mengyue');
      }),
    stop: server.stop,
  };
}

async function ownServer(ownerUrl: string, appUrl: string | undefined): Promise<Database> {
  const version = await asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query(`select current_setting('server_version_num')::int as version`);
    return Number(rows[0].version);
  });
  if (version < 150_000)
    throw new Error(`DATABASE_URL is PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is needed.`);
  return {
    ownerUrl,
    appUrl: appUrl ?? inAppRole(ownerUrl),
    embedded: false,
    recreate: undefined,
    stop: async () => undefined,
  };
}

/** The owner's own login, but every session begins by becoming the program's role. */
export function inAppRole(url: string): string {
  const session = `-c role=${appRole} -c timezone=UTC -c datestyle=ISO -c extra_float_digits=1 -c plan_cache_mode=force_generic_plan`;
  return `${url}${url.includes('?') ? '&' : '?'}options=${encodeURIComponent(session)}`;
}

/** A short visit as the owner, for what the program's role may not do. */
export async function asOwner<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'mengyue owner' });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
