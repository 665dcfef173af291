function Send-Message($Message) { Send-Line (ConvertTo-JsonText $Message) }
