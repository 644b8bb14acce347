import { readConfig, WrongSettings, type Config } from '../app/config.ts';
import { inAppRole, openDatabase } from '../app/database.ts';
import { masterKey } from '../app/master-key.ts';
import { findPostgres } from '../app/postgres.ts';
import { staffRoles } from '../identity/contract.ts';
import { invite } from '../identity/key.actions.ts';
import { keyringOf } from '../kit/secret.ts';
import { beijingText, systemClock } from '../kit/time.ts';
import { openDb, transaction } from '../kit/tx.ts';

// mengyue operator invite [role]: prints a link that makes whoever opens it first an operator (admin, or the role named). It works
// once, for a day, beside a running program or without one. Whoever can run it on this machine could do anything here anyway.

async function operatorInvite(config: Config, role: string): Promise<void> {
  const known = staffRoles.find((one) => one === role);
  if (!known) throw new WrongSettings(`There is no role ${role}. Roles: ${staffRoles.join(', ')}.`);
  // Asked first, so that an installation that was never started is left as it is.
  const key = masterKey(config.masterKeyFile, {
    demo: config.mode === 'demo',
    mayMake: false,
    say: console.error,
  });
  const database = await databaseOf(config);
  try {
    const db = openDb({
      url: database.appUrl,
      wall: systemClock,
      keys: keyringOf(key.bytes, key.demo),
      demo: config.mode === 'demo',
      connections: 1,
      name: 'mengyue operator invite',
    });
    try {
      const { token, end } = await transaction(db, (tx) => invite(tx, known));
      const origin = config.publicOrigin ?? `http://${config.host}:${config.port}`;
      console.log(`${origin}/operator/invitation?token=${token.reveal()}`);
      console.error(`Role ${known}. Works once, until ${beijingText(end)} Beijing time. 只能用一次。`);
    } finally {
      await db.pool.end();
    }
  } finally {
    await database.stop();
  }
}

/** The database of the running program, else one that is started for the moment. */
async function databaseOf(config: Config): Promise<{ appUrl: string; stop: () => Promise<void> }> {
  const nothing = async (): Promise<void> => undefined;
  if (config.databaseUrl)
    return { appUrl: config.databaseAppUrl ?? inAppRole(config.databaseUrl), stop: nothing };
  const running = await findPostgres(config.dataDir);
  return running
    ? { appUrl: running.appUrl, stop: nothing }
    : openDatabase(config, (line) => console.error(line));
}

try {
  await operatorInvite(readConfig(process.env), process.argv[2] ?? 'admin');
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 2;
}
