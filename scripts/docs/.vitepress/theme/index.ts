import Theme from 'vitepress/theme-without-fonts';
import './table.css';

export default Theme;
