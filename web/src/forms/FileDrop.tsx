// Where a file is dropped, or chosen with a button.
import { Button, FileButton } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useText } from '../text/useText';
import styles from './FileDrop.module.css';

interface FileDropProps {
  onFile: (file: File) => void;
}

export function FileDrop({ onFile }: FileDropProps) {
  const text = useText();
  const { isOver, handlers } = useFileDrop(onFile);
  return (
    <div className={styles.drop} data-over={isOver} {...handlers}>
      <FileUp size={34} strokeWidth={1.4} aria-hidden />
      <p className={styles.call}>{text(isOver ? 'upload.release' : 'upload.drop')}</p>
      <FileButton onChange={(file) => file && onFile(file)}>
        {(props) => <Button {...props}>{text('upload.choose')}</Button>}
      </FileButton>
      <p className={styles.formats}>{text('upload.formats')}</p>
    </div>
  );
}

/** Drag events also fire on every child; only the last leave counts. */
export function useFileDrop(onFile: (file: File) => void) {
  const depth = useRef(0);
  const [isOver, setIsOver] = useState(false);
  const enter = (step: number) => {
    depth.current = Math.max(0, depth.current + step);
    setIsOver(depth.current > 0);
  };
  const handlers = {
    onDragEnter: (event: DragEvent) => {
      if (hasFile(event)) enter(1);
    },
    onDragOver: (event: DragEvent) => {
      if (hasFile(event)) event.preventDefault();
    },
    onDragLeave: (event: DragEvent) => {
      if (hasFile(event)) enter(-1);
    },
    onDrop: (event: DragEvent) => {
      const file = event.dataTransfer.files.item(0);
      depth.current = 0;
      setIsOver(false);
      if (!file) return;
      event.preventDefault();
      onFile(file);
    },
  };
  return { isOver, handlers };
}

function hasFile(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}
