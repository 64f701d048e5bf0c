import { statfs } from 'node:fs/promises';
import type { AppConfig } from '../config/index.js';
import { AppError } from '../errors/index.js';

/**
 * Keeps files from filling the disk, on which the database lies too.
 * @throws AppError STORAGE_FULL when `bytes` more would leave too little
 */
export async function assertDiskHasSpace(
  { dataDir, attachmentMinFreeBytes }: Pick<AppConfig, 'dataDir' | 'attachmentMinFreeBytes'>,
  bytes: number,
): Promise<void> {
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize - bytes >= attachmentMinFreeBytes) return;
  throw new AppError('STORAGE_FULL', 'The server has no more room for files.');
}
