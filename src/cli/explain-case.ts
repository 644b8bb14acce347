import { explainCase } from '../aftersales/explanation.actions.ts';
import { WrongSettings } from '../app/config.ts';
import { decodeId } from '../kit/public-id.ts';
import type { Words } from '../kit/text.ts';
import { reader, type Db } from '../kit/tx.ts';
import { nobody } from '../kit/viewer.ts';
import { command, explainOn } from './explain.ts';

// mengyue explain case cas_…: what was done by which article, and how each running time came about.

export async function caseInWords(db: Db, text: string): Promise<Words> {
  const caseId = decodeId('case', text);
  const viewer = { ...nobody, staff: ['admin' as const] };
  const told = caseId && (await explainCase(await reader(db), { viewer, caseId }));
  if (!told) throw new WrongSettings(`There is no case ${text}. Say its number: cas_…`);
  return told.text;
}

if (import.meta.main) await command(() => explainOn((db) => caseInWords(db, process.argv[2] ?? '')));
