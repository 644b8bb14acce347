import type { Hono } from 'hono';
import { logTree } from '../evidence/http.ts';
import { originOf } from '../evidence/log.rules.ts';
import { openLog } from '../evidence/opening.actions.ts';
import type { Log } from '../evidence/sequencer.actions.ts';
import type { Sequencer } from '../evidence/sequencer.jobs.ts';
import type { Db } from '../kit/tx.ts';
import type { Config } from './config.ts';
import type { HealthCheck } from './health.ts';

/** The transparency log of this installation: its key and the place of its head. The key is made at the first start. */
export const openEvidence = (db: Db, config: Config): Log =>
  openLog({
    db,
    keyFile: `${config.dataDir}/log.key`,
    origin: originOf(siteOf(config), config.mode === 'demo'),
    head: config.logHead,
  });

/** The public tree of the log, for /log. */
export const evidenceTree = (log: Log, config: Config): Hono =>
  logTree({ db: log.db, key: log.signer, publicOrigin: siteOf(config) });

const siteOf = ({ publicOrigin, host, port }: Config): string => publicOrigin ?? `http://${host}:${port}`;

/** The shop sells on while the log is not signed, and says so. */
export const evidenceCheck = (sequencer: Sequencer): HealthCheck => ({
  name: 'evidence',
  check: () => {
    const { state, reason, size } = sequencer.health();
    const well = state === 'sequencing' || state === 'standby' || state === 'starting';
    return { state: well ? 'good' : 'worse', log: state, size, ...(reason ? { note: reason } : {}) };
  },
});
