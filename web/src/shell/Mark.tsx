// The sign of the product.

export function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" fill="none">
      <g stroke="currentColor" strokeWidth="2.4" strokeLinecap="round">
        <path d="M10 12.5v7" />
        <path d="M20.5 10.5c-1 6-10 3-10.5 9" />
      </g>
      <g fill="currentColor">
        <circle cx="10" cy="9.5" r="3" />
        <circle cx="21" cy="8.5" r="3" />
        <circle cx="10" cy="22.5" r="3" />
      </g>
      <circle cx="21" cy="22.5" r="3" fill="var(--focus)" />
    </svg>
  );
}
