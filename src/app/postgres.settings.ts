import { mkdirSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';

const megabyte = 1_048_576;

/**
 * Settings of the embedded server, as for a production server of this machine's size: nothing that was answered
 * is lost when the power fails (fsync, synchronous_commit, full_page_writes stay on).
 */
export function serverSettings(dataDir: string): Record<string, string> {
  mkdirSync(dataDir, { recursive: true });
  const limit = process.constrainedMemory(); // a container's limit; 0 or huge where there is none
  const memory_mb = Math.min(totalmem(), limit > 0 ? limit : Number.POSITIVE_INFINITY) / megabyte;
  const disk = statfsSync(dataDir);
  const free_mb = (disk.bavail * disk.bsize) / megabyte;
  return {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_compression: 'off',
    shared_buffers: `${sharedBuffers_mb(memory_mb)}MB`,
    effective_cache_size: `${Math.round(Math.min(memory_mb * 0.6, 65_536))}MB`,
    ...walSizes(free_mb),
    checkpoint_timeout: '15min',
    max_connections: '100',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] %a ',
  };
}

/** A quarter of the memory up to 4 GB; a tenth on machines below 2 GB, which need the rest themselves. */
export function sharedBuffers_mb(memory_mb: number): number {
  const share = memory_mb < 2048 ? memory_mb / 10 : memory_mb / 4;
  return Math.max(64, Math.min(4096, Math.floor(share / 64) * 64));
}

/**
 * Room for the write-ahead log: as much as lets checkpoints be rare, about a tenth of the free disk at most. In
 * powers of two, so that a second start comes to the same settings.
 */
export function walSizes(free_mb: number): { min_wal_size: string; max_wal_size: string } {
  const tenth = 2 ** Math.floor(Math.log2(Math.max(1, free_mb / 10)));
  const max = Math.max(256, Math.min(4096, tenth));
  return { min_wal_size: `${max / 4}MB`, max_wal_size: `${max}MB` };
}
