import { acceptance } from './acceptance.ts';

acceptance('2023.2');
