// How large an element is now.
import { type RefObject, useLayoutEffect, useState } from 'react';

export interface Size {
  width: number;
  height: number;
}

export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const measure = () => {
      // On paper it has another size, or none: the screen is as it was when the page is printed.
      if (window.matchMedia('print').matches) return;
      setSize((known) => {
        const { offsetWidth: width, offsetHeight: height } = watched;
        return known.width === width && known.height === height ? known : { width, height };
      });
    };
    // Before the first frame, so that what is drawn in the element does not push others aside.
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
