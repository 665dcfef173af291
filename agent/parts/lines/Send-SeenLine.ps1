# Says which numbered line was seen last; 0 for $Ask: nobody asked, a line is missing.
function Send-SeenLine([int]$Ask) { Send-Line ('{{"event":"seen","ask":{0},"line":{1}}}' -f $Ask, $Agent['seen']) }
