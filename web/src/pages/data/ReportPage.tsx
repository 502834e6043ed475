// How one version was read: what was taken, what was refused and why.
export function ReportPage() {
  return null;
}
