import { done, refuse, type Result } from './result.ts';

/** What is shown of a picture: a large and a small copy in WebP. Neither holds anything of what the camera wrote into the original. */
export type ShownPicture = {
  readonly view: Buffer;
  readonly thumb: Buffer;
  /** Of the picture as it is seen, turned upright. */
  readonly width: number;
  readonly height: number;
};

const viewSide_px = 1600;
const thumbSide_px = 480;
// A picture of a phone has 50 million points; what claims more is meant to fill our memory.
const pointsMax = 60_000_000;
const inFlightMax = 2;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Makes the copies of a picture that are shown: decoded and encoded anew, so that neither its place and camera (EXIF, XMP) nor anything
 * hidden behind its end is left. The library is loaded at the first picture. Refuses PICTURE_UNREADABLE.
 */
export async function shownPicture(bytes: Uint8Array): Promise<Result<ShownPicture, 'PICTURE_UNREADABLE'>> {
  if (running >= inFlightMax) await new Promise<void>((go) => void waiting.push(go));
  running += 1;
  try {
    return done(await copies(bytes));
  } catch {
    return refuse('PICTURE_UNREADABLE');
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function copies(bytes: Uint8Array): Promise<ShownPicture> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  const upright = sharp(bytes, { limitInputPixels: pointsMax, failOn: 'error' }).autoOrient();
  const fitting = (side: number): Promise<{ data: Buffer; info: { width: number; height: number } }> =>
    upright
      .clone()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
  const { autoOrient } = await upright.metadata();
  const [view, thumb] = [await fitting(viewSide_px), await fitting(thumbSide_px)];
  return { view: view.data, thumb: thumb.data, width: autoOrient.width, height: autoOrient.height };
}
