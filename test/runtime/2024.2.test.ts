import { acceptance } from './acceptance.ts';

acceptance('2024.2');
