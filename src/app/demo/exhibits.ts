import sharp from 'sharp';
import { addExhibit } from '../../aftersales/actions.ts';
import { annotate, attachFile, commentOn, exhibitsFor } from '../../aftersales/exhibits/actions.ts';
import { assert, must } from '../../kit/assert.ts';
import { transaction } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import type { World } from './world.ts';

/** A screen as a buyer would photograph it: what was paid, and what arrived. */
const screen = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="620" font-family="sans-serif">
<rect width="900" height="620" fill="#e8ece3"/><rect x="110" y="50" width="680" height="520" rx="22" fill="#fff"/>
<rect x="110" y="50" width="680" height="84" rx="22" fill="#2f4a5a"/><text x="150" y="104" font-size="34" fill="#fff">TOP-UP</text>
<text x="150" y="210" font-size="28" fill="#46524c">ORDER</text><text x="750" y="210" font-size="28" text-anchor="end" fill="#17211d">100.00</text>
<text x="150" y="290" font-size="28" fill="#46524c">RECEIVED</text><text x="750" y="290" font-size="28" text-anchor="end" fill="#a22d18">50.00</text>
<text x="150" y="370" font-size="28" fill="#46524c">CODE</text><text x="750" y="370" font-size="28" text-anchor="end" fill="#a22d18">R-12</text></svg>`;

/** One exhibit of the demo world with a file, a note over it, and what the shop says of it. */
export async function showExhibit(
  { db }: Pick<World, 'db'>,
  p: { orderId: string; caseId: string; buyer: Viewer; seller: Viewer },
): Promise<void> {
  const { caseId, buyer } = p;
  const bytes = await sharp(Buffer.from(screen))
    .withExif({ IFD0: { Make: 'Demo', Model: 'Phone' } })
    .jpeg()
    .toBuffer();
  const file = new File([new Uint8Array(bytes)], '充值记录.jpg');
  const kept = await attachFile(db, buyer, { orderId: p.orderId, file });
  assert(kept.ok, 'a picture of the demo world is taken');
  const { fileId } = kept.value;
  await transaction(db, async (tx) => {
    const wished = [
      {
        kind: 'balance_screen' as const,
        caption: '',
        text: '付了 100 元，到账 50 元',
        code: 'R-12',
        formedAt: null,
        fileId,
        redactedId: null,
      },
    ];
    const made = await exhibitsFor(tx, { caseId, viewer: buyer, wished });
    const exhibit = must(made.ok ? made.value[0] : undefined, 'an exhibit of the demo world fits');
    const added = await addExhibit(tx, { caseId, viewer: buyer, exhibit });
    // A case that has moved on by itself shows nothing more.
    if (!added.ok) return;
    const layer = {
      step: 1,
      caption: '付的是 100 元，到账只有 50 元，代码 R-12',
      areas: [{ x: 150, y: 400, w: 700, h: 250 }],
    };
    await annotate(tx, { caseId, viewer: buyer, number: 1, layer });
    const text = '截图没有显示充到哪个账号';
    await commentOn(tx, { caseId, viewer: p.seller, number: 1, stance: 'not_genuine', text });
  });
}
