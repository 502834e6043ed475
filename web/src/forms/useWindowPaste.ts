// A table or a file pasted while no field has the focus: taken where one is awaited.
import { useEffect } from 'react';

/** Where pasting means something else. */
const FIELDS = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]';

interface Awaited {
  onFile: (file: File) => void;
  onText: (text: string) => void;
}

export function useWindowPaste({ onFile, onText }: Awaited) {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const { clipboardData, target } = event;
      if (!clipboardData || event.defaultPrevented) return;
      if (target instanceof Element && target.closest(FIELDS)) return;
      event.preventDefault();
      // A spreadsheet puts a picture of the cells beside their text: the text is meant.
      const text = clipboardData.getData('text/plain');
      const file = clipboardData.files.item(0);
      if (text || !file) onText(text);
      else onFile(file);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, [onFile, onText]);
}
