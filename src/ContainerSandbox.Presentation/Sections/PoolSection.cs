using System.Xml.Linq;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Text;

namespace ContainerSandbox.Presentation.Sections;

/// <summary>The pools.</summary>
internal static class PoolSection
{
    private static readonly string[] Columns = ["Pool", "State", "Image", "Ready#", "Target#", "Starting#", "Warm claims#", "Cold claims#", "Hit rate#", "Last miss", "Last error"];

    public static XElement Make(ReportContent content) => Html.Section("pools", "Pools", Html.Table(
        "Containers that are kept ready",
        Columns,
        content.Pools.Select(pool => new object[]
        {
            pool.Specialization, pool.State.ToString(), pool.Image, Figures.Count(pool.Ready), Figures.Count(pool.Target), Figures.Count(pool.Creating),
            Figures.Count(pool.WarmClaims), Figures.Count(pool.ColdClaims), Figures.Share(pool.HitRate), pool.LastMissReason.ToString(), pool.LastError,
        })));
}
