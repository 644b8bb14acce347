import exif from 'exif-reader';
import { done, refuse, type Result } from './result.ts';
import { instant, type Instant } from './time.ts';

/** What is shown of a picture: a large and a small copy in WebP. Neither holds anything of what the camera wrote into the original. */
export type ShownPicture = {
  readonly view: Buffer;
  readonly thumb: Buffer;
  /** Of the picture as it is seen, turned upright. */
  readonly width: number;
  readonly height: number;
  readonly camera: Camera | null;
};

/** What a camera or a program wrote into the original, and no copy holds. Whoever shows a file learns of it; the place itself is never read. */
export type Camera = {
  readonly takenAt: Instant | null;
  readonly device: string | null;
  readonly program: string | null;
  readonly hasPlace: boolean;
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
  const { autoOrient, exif: written } = await upright.metadata();
  const [view, thumb] = [await fitting(viewSide_px), await fitting(thumbSide_px)];
  const camera = written ? cameraOf(written) : null;
  return { view: view.data, thumb: thumb.data, width: autoOrient.width, height: autoOrient.height, camera };
}

/** What EXIF says. A camera without a time zone is taken to be in Beijing; what cannot be read says nothing. */
export function cameraOf(written: Buffer): Camera | null {
  try {
    const { Image, Photo, GPSInfo } = exif(written);
    const taken = Photo?.DateTimeOriginal ?? Image?.DateTime;
    const zone = /^([+-])(\d{2}):(\d{2})$/.exec(String(Photo?.OffsetTimeOriginal ?? '+08:00'));
    const minutes = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 480;
    const device = [Image?.Make, Image?.Model].map(said).filter(Boolean).join(' ');
    const at = taken instanceof Date ? taken.getTime() - minutes * 60_000 : Number.NaN;
    const takenAt = Number.isFinite(at) && at > 0 ? instant(at) : null;
    const program = said(Image?.Software) || null;
    const hasPlace = GPSInfo !== undefined && Object.keys(GPSInfo).length > 0;
    const saysNothing = takenAt === null && device === '' && program === null && !hasPlace;
    return saysNothing ? null : { takenAt, device: device || null, program, hasPlace };
  } catch {
    return null;
  }
}

const said = (text: unknown): string =>
  typeof text === 'string'
    ? text
        .replace(/[^\p{L}\p{N}\p{P}\p{Zs}]/gu, '')
        .trim()
        .slice(0, 60)
    : '';
