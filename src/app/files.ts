import { installFiles } from '../kit/blob.ts';
import { diskStore } from '../kit/blob-disk.ts';
import { clamdScanner, scannersInTurn, signatureScanner } from '../kit/malware.ts';
import type { Db } from '../kit/tx.ts';
import type { Config } from './config.ts';

/** Where this installation keeps files, and who looks into them. */
export function openFiles(db: Db, config: Pick<Config, 'dataDir' | 'clamd'>): void {
  const signatures = signatureScanner();
  installFiles(db, {
    store: diskStore(`${config.dataDir}/blobs`),
    scanner: config.clamd ? scannersInTurn([signatures, clamdScanner(config.clamd)]) : signatures,
  });
}
