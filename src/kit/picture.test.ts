import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { cameraOf, shownPicture } from './picture.ts';

const photo = (): Promise<Buffer> =>
  sharp({ create: { width: 2400, height: 1200, channels: 3, background: '#2f6b4f' } })
    .withExif({ IFD0: { Make: 'PhoneMaker' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

test('the shown copies are upright and hold nothing of place and camera', async () => {
  const original = await photo();
  ok((await sharp(original).metadata()).exif, 'the original holds them');
  const shown = await shownPicture(original);
  ok(shown.ok);
  const { view, thumb, width, height } = shown.value;
  deepEqual([width, height], [1200, 2400], 'turned upright');
  for (const [copy, side] of [
    [view, 1600],
    [thumb, 480],
  ] as const) {
    const { format, exif, xmp, icc, height: high } = await sharp(copy).metadata();
    deepEqual([format, exif, xmp, icc, high], ['webp', undefined, undefined, undefined, side]);
    ok(!copy.includes('PhoneMaker'));
  }
});

test('what hangs behind the end of a picture is not in its copies', async () => {
  const hidden = Buffer.concat([await photo(), Buffer.from('<script>alert(1)</script>')]);
  const shown = await shownPicture(hidden);
  ok(shown.ok && !shown.value.view.includes('<script>') && !shown.value.thumb.includes('<script>'));
});

test('a picture that is cut off, none at all, or made to fill the memory is refused', async () => {
  const whole = await photo();
  const huge = Buffer.from(
    `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"><rect width="9" height="9"/></svg>`,
  );
  for (const bytes of [
    whole.subarray(0, whole.length / 2),
    Buffer.from('no picture'),
    Buffer.alloc(0),
    huge,
  ]) {
    const shown = await shownPicture(bytes);
    equal(shown.ok ? 'done' : shown.refusal, 'PICTURE_UNREADABLE');
  }
});

test('F074 what the camera wrote is read out: when in Beijing, with what, and whether where, never where', async () => {
  const original = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#123' } })
    .withExif({
      IFD0: { Make: 'PhoneMaker', Model: 'P40' },
      IFD2: { DateTimeOriginal: '2026:11:20 13:40:05' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 0/1' },
    })
    .jpeg()
    .toBuffer();
  const shown = await shownPicture(original);
  ok(shown.ok);
  deepEqual(shown.value.camera, {
    takenAt: Date.parse('2026-11-20T13:40:05+08:00'),
    device: 'PhoneMaker P40',
    program: null,
    hasPlace: true,
  });
  equal(cameraOf(Buffer.from('Exif\0\0II*\0garbage that is none')), null);
});
