import { useRef, useState, type DragEvent } from 'react';

/** Handlers for an element onto which files are dragged. */
export function useFileDrop(onFiles: (files: readonly File[]) => void) {
  const [over, setOver] = useState(false);
  // Entering a child comes before leaving its parent.
  const depth = useRef(0);
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');
  const handlers = {
    onDragEnter: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth.current += 1;
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth.current -= 1;
      if (depth.current === 0) setOver(false);
    },
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth.current = 0;
      setOver(false);
      onFiles(filesOf(event.dataTransfer));
    },
  };
  return { over, handlers };
}

/** Without folders, which look like empty files. */
function filesOf({ items, files }: DataTransfer): File[] {
  const isFolder = [...items].map((item) => item.webkitGetAsEntry?.()?.isDirectory === true);
  return [...files].filter((_file, index) => !isFolder[index]);
}
