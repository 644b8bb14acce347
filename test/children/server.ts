import { must } from '../../src/kit/assert.ts';
import { startPostgres } from '../../src/app/postgres.ts';

// PostgreSQL on a folder until SIGTERM, under whatever limits this process was started with: `server.ts <folder>`.
const server = await startPostgres({
  dataDir: must(process.argv[2], 'a folder'),
  settings: { shared_buffers: '64MB', min_wal_size: '64MB', max_wal_size: '512MB', autovacuum: 'off' },
});
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
console.log('ready');
setInterval(() => undefined, 1 << 30);
