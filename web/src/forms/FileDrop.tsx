// Where files are dropped, or chosen with a button.
import { Button, FileButton } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useText } from '../text/useText';
import styles from './FileDrop.module.css';

interface FileDropProps {
  /** One file, or several that belong together. */
  onFiles: (files: File[]) => void;
}

export function FileDrop({ onFiles }: FileDropProps) {
  const text = useText();
  const { isOver, handlers } = useFileDrop(onFiles);
  return (
    <div className={styles.drop} data-over={isOver} {...handlers}>
      <FileUp size={34} strokeWidth={1.4} aria-hidden />
      <p className={styles.call}>{text(isOver ? 'upload.release' : 'upload.drop')}</p>
      <FileButton multiple onChange={(files) => files.length > 0 && onFiles(files)}>
        {(props) => <Button {...props}>{text('upload.choose')}</Button>}
      </FileButton>
      <p className={styles.formats}>{text('upload.formats')}</p>
    </div>
  );
}

/** Drag events also fire on every child; only the last leave counts. */
export function useFileDrop(onFiles: (files: File[]) => void) {
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
      const files = [...event.dataTransfer.files];
      depth.current = 0;
      setIsOver(false);
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    },
  };
  return { isOver, handlers };
}

function hasFile(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}
