/** 相扣: two hooks that hold each other. Green is you, amber the other side. At least 16 px. */
export function Mark({ size = 30 }: { size?: number }) {
  return (
    <svg
      className="mark"
      width={size}
      height={size}
      viewBox="0 0 40 40"
      fill="none"
      strokeWidth="6"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M7 36V7h17.3v20.3" stroke="var(--brand)" />
      <path d="M33 4v29H15.7V12.7" stroke="var(--hold-fill)" />
    </svg>
  );
}
