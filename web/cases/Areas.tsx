import type { Area } from './exhibit.view.ts';

/** Frames over a picture: a drawing of its own, so that the picture stays as it is. */
export function Areas({ areas, chosen }: { areas: readonly Area[]; chosen?: number | undefined }) {
  if (areas.length === 0) return null;
  return (
    <svg className="areas" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
      {areas.map((area, index) => (
        <rect
          key={index}
          x={area.x}
          y={area.y}
          width={area.w}
          height={area.h}
          className={index === chosen ? 'on' : undefined}
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
