import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import sharp from 'sharp';
import { fileLimits } from '../../messaging/contract.ts';
import { sha256 } from '../../kit/secret.ts';
import { testDatabase } from '../../../test/database.ts';
import { eicar, testFiles } from '../../../test/files.ts';
import { pathOf, talkWorld, type Person } from '../../../test/talk.ts';

const { db, clock, asOwner } = await testDatabase();
const { folder } = testFiles(db);
const { people, address, ask, say, orderId } = await talkWorld(db);

const photo = await sharp({ create: { width: 1000, height: 600, channels: 3, background: '#99582a' } })
  .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 0/1' } })
  .jpeg()
  .toBuffer();

async function upload(person: Person, bytes: Uint8Array, name: string) {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
  const response = await fetch(`${address}/api/v1${pathOf(orderId, 'attachments')}`, {
    method: 'POST',
    headers: person.headers,
    body: form,
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}
async function download(person: Person, id: string, copy: string) {
  const response = await fetch(`${address}/api/v1${pathOf(orderId, `attachments/${id}/${copy}`)}`, {
    headers: person.headers,
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}
const kept = async () => ({
  rows: Number((await asOwner('select count(*) as n from kit.blobs'))[0]?.['n']),
  files: readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .length,
});

test('a picture is kept by its hash as it came; what is shown of it has lost place and camera', async () => {
  const answer = await upload(people.buyer, photo, '../截图\u202egpj.exe');
  equal(answer.status, 200, JSON.stringify(answer.body));
  const { id = '', name, type, sha256: hash } = answer.body;
  deepEqual([name, type, hash], ['截图gpj.exe', 'image/jpeg', sha256(photo).toString('hex')]);
  for (const [copy, side] of [
    ['thumb', 480],
    ['view', 1000],
  ] as const) {
    const got = await download(people.clerk, id, copy);
    deepEqual([got.status, got.type], [200, 'image/webp']);
    const { exif, width } = await sharp(got.bytes).metadata();
    deepEqual([exif, width], [undefined, side]);
  }
  const own = await download(people.buyer, id, 'original');
  ok(own.bytes.equals(photo), 'whoever sent it gets it back byte for byte');
  ok((await download(people.support, id, 'original')).bytes.equals(photo));
  equal(
    (await download(people.clerk, id, 'original')).status,
    404,
    'the other party does not learn where it was taken',
  );
  equal((await download(people.stranger, id, 'thumb')).status, 404);
});

test('F081 a picture goes with the words; the fact in evidence holds the hash of the original', async () => {
  const { id } = (await upload(people.buyer, photo, 'a.jpg')).body;
  await say(people.buyer, orderId, { text: '', attachments: [id] });
  const { body } = await ask(people.clerk, 'GET', pathOf(orderId, 'messages'));
  const last = (body['messages'] as { attachments: Record<string, unknown>[] }[]).at(-1);
  deepEqual(last?.attachments, [
    {
      id,
      name: 'a.jpg',
      sha256: sha256(photo).toString('hex'),
      type: 'image/jpeg',
      size: photo.length,
      width: 1000,
      height: 600,
    },
  ]);
  const foreign = await ask(people.clerk, 'POST', pathOf(orderId, 'messages'), {
    text: 'x',
    attachments: [id],
  });
  equal(foreign.code, 'ATTACHMENT_UNKNOWN', 'nobody sends what somebody else put there');
  const none = await ask(people.buyer, 'POST', pathOf(orderId, 'messages'), {
    text: 'x',
    attachments: ['att_x'],
  });
  equal(none.code, 'ATTACHMENT_UNKNOWN');
});

test('a document is taken as it is, and both parties can have it', async () => {
  const pdf = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
  const { id = '' } = (await upload(people.clerk, pdf, '说明.pdf')).body;
  ok((await download(people.buyer, id, 'original')).bytes.equals(pdf));
  equal((await download(people.buyer, id, 'thumb')).status, 404, 'there is no picture of it');
});

const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(60)]);
for (const [what, bytes, status, code] of [
  ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(400)]), 415, 'FILE_TYPE_REFUSED'],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 415, 'FILE_TYPE_REFUSED'],
  [
    'a drawing with a script',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    415,
    'FILE_TYPE_REFUSED',
  ],
  ['an archive', zip, 415, 'FILE_TYPE_REFUSED'],
  ['known malware', eicar, 422, 'FILE_INFECTED'],
  ['half a picture', photo.subarray(0, photo.length / 2), 422, 'PICTURE_UNREADABLE'],
  ['the head of a picture and nothing else', photo.subarray(0, 30), 422, 'PICTURE_UNREADABLE'],
  ['nothing', Buffer.alloc(0), 422, 'FILE_EMPTY'],
  ['too much', Buffer.alloc(fileLimits.max_bytes + 1, 'a'), 413, 'FILE_TOO_LARGE'],
] as const)
  test(`${what} is refused, and nothing of it stays`, async () => {
    clock.forward({ minutes: 2 });
    const before = await kept();
    const answer = await upload(people.buyer, bytes, 'picture.png');
    deepEqual([answer.status, answer.body['code']], [status, code]);
    deepEqual(await kept(), before);
  });

test('ten files in a minute are enough', async () => {
  clock.forward({ minutes: 2 });
  const text = Buffer.from('记录');
  for (let n = 0; n < fileLimits.perMinute; n++)
    equal((await upload(people.buyer, text, 'a.txt')).status, 200);
  equal((await upload(people.buyer, text, 'a.txt')).body['code'], 'TOO_MANY_REQUESTS');
});
