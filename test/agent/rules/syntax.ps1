$one = 1
$two = $one ? 1 : 2 # bad
$three = $one
if ($three) { $one }
