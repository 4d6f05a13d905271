import { randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';

/** After a crash the file is there whole or not at all. @throws what the file system throws */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
